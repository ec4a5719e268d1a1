package lsp

import (
	"fmt"
	"strings"
)

// ordinary is what most of an agreement is about, with a place for a number in each so that
// no two sections are the same.
var ordinary = []string{
	"用户应当在收到第%d号账单后五个工作日内付清服务费用，逾期按日计收万分之三的违约金。平台可以在用户付清以前暂停提供增值服务。",
	"The fee for order form %d is due within thirty days. Late payments bear interest at the statutory rate, and either party may set off undisputed claims.",
	"平台提供第%d类功能所用的软件、图标与界面设计归平台所有，未经书面许可，任何人不得复制、修改或者反向编译。",
	"Each party keeps the other's business information under schedule %d secret for three years after the agreement ends, unless a court orders otherwise.",
	"因地震、洪水、罢工或者第%d号公告所列的系统维护造成服务中断的，平台应当及时通知用户，并在原因消除后恢复服务。",
	"Support requests of class %d are answered within one working day. Requests outside office hours are taken up on the next working day.",
	"双方因履行本协议第%d项发生争议的，应当先行协商；协商不成的，任何一方可以向平台所在地有管辖权的人民法院起诉。",
	"用户不得利用第%d号接口批量注册账号、发布广告或者干扰其他用户，违反的，平台可以注销相应账号。",
}

// aboutFaces is what some sections of it say, one in twenty.
var aboutFaces = []string{
	"您同意平台在第%d号活动中永久、不可撤销地使用您的人脸信息，并有权转授权合作方使用。",
	"平台为核验身份采集您的人脸信息，核验第%d号订单后立即删除。您可以改用短信验证码。",
	"You grant the Company a perpetual and irrevocable licence to use your facial images from event %d for any purpose.",
	"我们不会将第%d批人脸信息提供给任何第三方，除非取得您的单独同意。",
}

// longAgreement is an agreement of about size bytes: a title, definitions, and sections of
// which one in twenty is about faces.
func longAgreement(size int) string {
	var b strings.Builder
	b.WriteString("# 星桥云服务用户协议\n\n本协议由您与星桥科技有限公司（以下简称“平台”）订立。\n\n本协议所称“增值服务”，是指平台另行收费的功能。\n\n\"Company\" means Starbridge Technology Ltd.\n")
	for n := 1; b.Len() < size; n++ {
		fmt.Fprintf(&b, "\n## 第%d条 服务事项之%d\n\n", n, n)
		for k := range 4 {
			some := ordinary
			if n%20 == 7 && k == 2 {
				some = aboutFaces
			}
			fmt.Fprintf(&b, "%d.%d "+some[(n/3+k*3)%len(some)]+"\n\n", n, k+1, n*10+k)
		}
	}
	return b.String()
}
